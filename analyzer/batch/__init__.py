"""A folder of clients' clips, analysed on one machine or many, with an index and a page for each client."""
