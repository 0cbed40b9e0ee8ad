"""Who gets an answer, over real HTTP."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from analyzer.app.guard import HEADER, Key, allowed_hosts, kept_secret
from tests.app.running import SECRET, Running, result, running, template


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("guard")
    result(folder / "root" / "Ana" / "run", "Ana")
    with running(folder / "root") as page:
        yield page


@pytest.fixture
def found(served: Running) -> str:
    (client,) = served.site.state.library.clients()
    return f"/results/{client.newest.id}"


def raw(served: Running, text: str) -> str:
    """The status line that comes back for bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", served.key.port), timeout=10) as wire:
        wire.sendall(text.encode("latin-1"))
        return wire.recv(4000).decode("latin-1").split("\r\n")[0]


def test_the_address_with_the_token_lets_in_and_is_left_behind(served):
    with httpx.Client(verify=False, base_url=served.address) as stranger:
        assert stranger.get("/").status_code == 403
        entered = stranger.get(f"/?token={SECRET}")
        assert entered.status_code == 303
        assert entered.headers["location"] == "/"
        cookie = entered.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", SECRET + "x", "%00", "%ff%fe", "ü"])
def test_a_wrong_token_lets_nobody_in(served, token):
    with httpx.Client(verify=False, base_url=served.address) as stranger:
        answer = stranger.get(f"/?token={token}")
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/report.html", "/view.json", "/clip", "/overlay.mp4", "/frames/x.jpg"])
def test_without_the_cookie_nothing_is_told(served, found, path):
    with httpx.Client(verify=False, base_url=served.address, headers={HEADER: served.key.for_pages}) as stranger:
        for address in (found + path, "/api/jobs", "/api/events", "/"):
            assert stranger.get(address).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}",
        "localhost.evil:{port}", "127.0.0.1:{port}@evil.example", "[::1", "127.0.0.1:port", "", "192.168.0.1:{port}",
    ],
)  # fmt: skip
def test_another_host_name_gets_nothing(served, host):
    answer = served.client.get("/", headers={"host": host.format(port=served.key.port)})
    assert answer.status_code in (400, 421)


def test_two_host_names_get_nothing(served):
    port = served.key.port
    assert " 400 " in raw(served, f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n")
    assert " 400 " in raw(served, "GET / HTTP/1.1\r\n\r\n")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_our_own_names_are_answered(served, name):
    assert served.client.get("/", headers={"host": f"{name}:{served.key.port}"}).status_code == 200


def test_where_all_addresses_are_listened_on_only_numbers_are_ours():
    assert "0.0.0.0" in allowed_hosts("0.0.0.0")
    assert allowed_hosts("127.0.0.1") == {"127.0.0.1", "localhost", "::1"}


SITES = {
    "another site's form": {"origin": "http://evil.example"},
    "a page of nobody": {"origin": "null"},
    "another port": {"origin": "http://127.0.0.1:1"},
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
    "no token": {HEADER: ""},
    "wrong token": {HEADER: "0" * 64},
    "the secret itself": {HEADER: SECRET},
}


@pytest.mark.parametrize("headers", list(SITES.values()), ids=list(SITES))
def test_other_sites_change_nothing(served, found, headers):
    job = {"file": "a.mp4", "size_bytes": 10}
    for method, path in (
        ("POST", "/api/jobs"), ("POST", "/api/compare"), ("PUT", "/api/jobs/x/clip"), ("DELETE", "/api/jobs/x"),
        ("DELETE", f"/api{found}"), ("DELETE", "/api/clients/x"),
    ):  # fmt: skip
        assert served.client.request(method, path, headers=headers, json=job).status_code == 403
    assert served.desk.jobs() == []
    assert served.client.get(f"{found}/view.json").status_code == 200


def test_another_site_s_page_reads_nothing(served, found):
    for site in ("cross-site", "same-site"):
        assert served.client.get(f"{found}/report.html", headers={"sec-fetch-site": site}).status_code == 403


def test_a_form_of_another_kind_is_not_understood(served):
    answer = served.client.post("/api/jobs", content=b"{}", headers={"content-type": "text/plain"})
    assert answer.status_code == 415


def test_every_answer_has_the_headers(served, found):
    for path in (
        "/",
        "/static/app.css",
        f"{found}/",
        f"{found}/report.html",
        f"{found}/view.json",
        "/nothing",
        "/api/jobs",
    ):
        headers = served.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "no-store" in headers["cache-control"]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        assert "server" not in headers
        assert "access-control-allow-origin" not in headers


def test_a_report_may_run_nothing(served, found):
    policy = served.client.get(f"{found}/report.html").headers["content-security-policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


WAYS_OUT = [
    "/results/../../etc/passwd", "/results/%2e%2e/%2e%2e/etc/passwd", "/results/..%2f..%2fetc%2fpasswd/report.html",
    "{found}/..%2f..%2f.stridecheck%2ftoken", "{found}/%2e%2e%2f%2e%2e%2fassessment.json",
    "{found}/frames/..%2fpose.npz",
    "{found}/frames/..%5cpose.npz", "{found}/frames/%00", "{found}/.", "{found}/..", "{found}//etc/passwd",
    "{found}/assessment.json%00.html", "/static/../pages.py", "/static/..%2fpages.py", "/static/%2e%2e/pages.py",
    "/static//etc/passwd", "/.stridecheck/token", "/%2e%2e/etc/passwd", "/results/{{id}}/report.html",
]  # fmt: skip


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_path_leads_out(served, found, path):
    line = raw(
        served,
        f"GET {path.format(found=found)} HTTP/1.1\r\nHost: 127.0.0.1:{served.key.port}\r\n"
        f"Cookie: {served.key.cookie}={SECRET}\r\nConnection: close\r\n\r\n",
    )
    assert line.split()[1] in ("404", "403", "400", "405", "422"), line


def test_a_link_in_a_result_leads_nowhere(served, found, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (client,) = served.site.state.library.clients()
    link = client.newest.folder / "plan.csv"
    link.symlink_to(tmp_path / "secret.txt")
    try:
        assert served.client.get(f"{found}/plan.csv").status_code == 404
    finally:
        link.unlink()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_pages_cannot_be_written_to(served, method):
    assert served.client.request(method, "/").status_code == 405


def test_the_secret_is_kept_for_its_owner_alone(tmp_path):
    path = tmp_path / "state" / "token"
    secret = kept_secret(path)
    assert len(secret) >= 32
    assert kept_secret(path) == secret
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("short")
    assert kept_secret(path) != "short"


def test_what_pages_hold_does_not_open_them():
    key = Key(SECRET, 1)
    assert SECRET not in key.for_pages
    assert Key(SECRET + "x", 1).for_pages != key.for_pages


def test_a_result_cannot_have_other_files_given_out(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    for number, path in enumerate((str(tmp_path / "secret.txt"), "/dev/zero", "../secret.txt", "\0", str(tmp_path))):
        result(tmp_path / "root" / "Ana" / f"run {number}", "Ana", path=path)
    with running(tmp_path / "root") as page:
        (client,) = page.site.state.library.clients()
        assert len(client.results) == 5
        for each in client.results:
            assert page.client.get(f"/results/{each.id}/clip").status_code == 404
            assert page.client.get(f"/results/{each.id}/").status_code == 200


def test_a_clip_beside_its_result_is_found_however_the_command_was_called(tmp_path):
    folder = result(tmp_path / "root" / "Ana" / "run", "Ana", path="clip.mp4")
    (folder.parent / "clip.mp4").write_bytes((template().parent / "clip.mp4").read_bytes())
    with running(tmp_path / "root") as page:
        (client,) = page.site.state.library.clients()
        assert page.client.get(f"/results/{client.newest.id}/clip").status_code == 200
        part = page.client.get(f"/results/{client.newest.id}/clip", headers={"range": "bytes=0-99"})
        assert (part.status_code, len(part.content)) == (206, 100)
