"""Kinds of timers, as the table `timers` stores them: a kind is never renamed. What each does, its room's entrance says."""

import enum


class TimerKind(enum.StrEnum):
    """What is to be done when a moment has come; the name says it, the value is what is stored."""

    ALBUM = "album"
    ALBUM_OF_REPLY = "said"  # set by 0.1.0 for albums that came as a reply; done as ALBUM
    ALERTS = "trend"
    BACKUP_TROUBLE = "backup"
    CASE_ADDITIONS = "gather"
    CASE_NUDGE = "clock"
    CASE_REARM = "rearm"
    CASE_SILENT = "silent"
    CASE_WAITING = "waiting"
    CAMPAIGN_PROGRESS = "progress"
    CAMPAIGN_SEND = "campaign"
    CHAMPIONS = "champion"
    EVIDENCE_INFECTED = "infected"
    GROWTH = "growth"
    LETTER_DRAFT = "draft"
    MANIPULATION_CHECKS = "checks"
    MORNING_DIGEST = "morning"
    PERSON_ERASE = "erase"
    PHONE_CALL_BACK_TO_LIST = "callback"
    PHONE_LIST = "callbacks"
    RETENTION = "retention"
    SCHEDULED_SUMMARY = "push"
    SURVEY_EXPIRE = "expire"
    SURVEY_FORGET = "forget"
    SURVEY_INVITE = "invite"
    SURVEY_LOW_RATING = "low"
    SURVEY_REMIND = "remind"
    SURVEY_SETTLE = "settle"
    UNSORTED_MESSAGES = "unsorted"
