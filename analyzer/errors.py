"""Errors that a coach may read: each is one sentence saying what is wrong and what to do."""

from __future__ import annotations


class StridecheckError(Exception):
    """Base of every error whose text is meant for the user."""

    exit_status = 2


class ClipError(StridecheckError):
    """The file cannot be used as a clip."""


class ModelError(StridecheckError):
    """The pose model cannot be had, or is not what it should be."""


class TrackError(StridecheckError):
    """A saved pose track cannot be read, or breaks the rules of a pose track."""


class AssessmentError(StridecheckError):
    """A saved assessment cannot be read."""


class SubjectError(StridecheckError):
    """The person whom the user asks for is not there."""


class CriteriaError(StridecheckError):
    """A criteria file does not say what a criteria file must say."""


class IntakeError(StridecheckError):
    """Answers to the questionnaire cannot be read."""


class ScheduleError(StridecheckError):
    """Training days or a first day cannot be understood."""


class CompareError(StridecheckError):
    """What should be compared cannot be found, read or told apart."""


class BatchError(StridecheckError):
    """A folder of clips cannot be walked, or what a file in it says cannot be understood."""


class ForgetError(StridecheckError):
    """Whoever should be forgotten cannot be found or told apart."""


class OutputError(StridecheckError):
    """Results cannot be written where the user wants them."""


class NothingMeasured(StridecheckError):
    """The clip was read, but nobody or nothing in it could be measured."""

    exit_status = 1


class SystemLibraryError(StridecheckError):
    """A library of the operating system, which no Python package brings, is missing."""
