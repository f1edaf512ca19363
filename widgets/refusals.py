"""Why the hub refuses, by its codes."""

from __future__ import annotations

from console.seat.text import QT_TRANSLATE_NOOP

PROBLEMS = {
    "api_key": QT_TRANSLATE_NOOP("Problem", "The key of the door is wrong"),
    "argument_missing": QT_TRANSLATE_NOOP("Problem", "Something is missing from the command"),
    "bad_argument": QT_TRANSLATE_NOOP("Problem", "The hub did not understand the command"),
    "bad_calendar": QT_TRANSLATE_NOOP("Problem", "The calendar cannot be read"),
    "bad_input": QT_TRANSLATE_NOOP("Problem", "The hub did not understand the command"),
    "bad_rows": QT_TRANSLATE_NOOP(
        "Problem", "The table has rows that cannot be taken; nothing of it was"
    ),
    "cannot_save": QT_TRANSLATE_NOOP(
        "Problem", "The table could not be saved: is the disk full, or the folder not yours?"
    ),
    "bad_span": QT_TRANSLATE_NOOP("Problem", "It ends before it begins"),
    "bad_table": QT_TRANSLATE_NOOP("Problem", "The table cannot be read; nothing of it was taken"),
    "bad_value": QT_TRANSLATE_NOOP("Problem", "A value cannot be taken"),
    "campaign_ended": QT_TRANSLATE_NOOP("Problem", "The campaign is over"),
    "case_over": QT_TRANSLATE_NOOP("Problem", "The case is over"),
    "claimed": QT_TRANSLATE_NOOP("Problem", "Somebody else has this case in hand"),
    "class_not_in_force": QT_TRANSLATE_NOOP("Problem", "No case is put under this class any more"),
    "conflict": QT_TRANSLATE_NOOP("Problem", "Somebody else changed this case meanwhile"),
    "empty": QT_TRANSLATE_NOOP("Problem", "There is nothing in it"),
    "feedback_empty": QT_TRANSLATE_NOOP("Problem", "A feedback needs words or a photo"),
    "forbidden": QT_TRANSLATE_NOOP("Problem", "Your account may not do this; ask the shift leader"),
    "guard_appeal_once": QT_TRANSLATE_NOOP("Problem", "This lateness was appealed against before"),
    "guard_appeal_open": QT_TRANSLATE_NOOP("Problem", "No appeal waits for a decision"),
    "guard_appellant": QT_TRANSLATE_NOOP("Problem", "Nobody decides on his own appeal"),
    "guard_collector": QT_TRANSLATE_NOOP(
        "Problem", "Who found a case neither verifies, checks nor closes it"
    ),
    "guard_extensions": QT_TRANSLATE_NOOP(
        "Problem", "Two extensions were given already; there is no third"
    ),
    "guard_in_time": QT_TRANSLATE_NOOP("Problem", "The time is over; no more is given"),
    "guard_not_itself": QT_TRANSLATE_NOOP("Problem", "A case does not merge into itself"),
    "guard_one_request": QT_TRANSLATE_NOOP(
        "Problem", "More time was asked for already; that is decided first"
    ),
    "guard_other_open": QT_TRANSLATE_NOOP(
        "Problem", "The other case is over; reports only go to one that is worked on"
    ),
    "guard_other_reviewer": QT_TRANSLATE_NOOP(
        "Problem", "The other reviewer must be somebody else"
    ),
    "guard_own_evidence": QT_TRANSLATE_NOOP("Problem", "Nobody judges what he handled himself"),
    "guard_photo": QT_TRANSLATE_NOOP("Problem", "A photo of the place afterwards is needed"),
    "guard_reports_left": QT_TRANSLATE_NOOP("Problem", "One report must stay with the case"),
    "guard_requested": QT_TRANSLATE_NOOP("Problem", "Nobody asked for more time"),
    "guard_supervised": QT_TRANSLATE_NOOP("Problem", "The case is not supervised"),
    "guard_suspension": QT_TRANSLATE_NOOP("Problem", "A case stands still for a year at most"),
    "guard_timeout_recorded": QT_TRANSLATE_NOOP("Problem", "No lateness of this stage is recorded"),
    "hub_error": QT_TRANSLATE_NOOP(
        "Problem", "The hub failed to do this; press again, else see Health (Ctrl+6)"
    ),
    "illegal_step": QT_TRANSLATE_NOOP("Problem", "This step is not possible in the case's state"),
    "in_the_future": QT_TRANSLATE_NOOP("Problem", "The moment lies in the future"),
    "key_exists": QT_TRANSLATE_NOOP("Problem", "There is such a key already"),
    "key_reused": QT_TRANSLATE_NOOP("Problem", "The hub took this for a repetition; press again"),
    "media_damaged": QT_TRANSLATE_NOOP("Problem", "The picture is damaged"),
    "media_missing": QT_TRANSLATE_NOOP("Problem", "The picture is not kept any more"),
    "missing": QT_TRANSLATE_NOOP("Problem", "Something that is needed is missing"),
    "no_basemap": QT_TRANSLATE_NOOP("Problem", "The hub has no map"),
    "no_free_unit": QT_TRANSLATE_NOOP("Problem", "No free officer is near; call a squad or wait"),
    "no_password": QT_TRANSLATE_NOOP("Problem", "This seat has no password"),
    "no_snapshot": QT_TRANSLATE_NOOP("Problem", "The camera's AI kept no picture"),
    "no_still": QT_TRANSLATE_NOOP("Problem", "The camera gives no picture"),
    "not_claimed": QT_TRANSLATE_NOOP("Problem", "Nobody has this case in hand"),
    "not_found": QT_TRANSLATE_NOOP("Problem", "It does not exist any more"),
    "order_closed": QT_TRANSLATE_NOOP("Problem", "The order is closed"),
    "out_of_scope": QT_TRANSLATE_NOOP(
        "Problem", "This lies outside your districts and departments; ask the shift leader"
    ),
    "outside": QT_TRANSLATE_NOOP("Problem", "The place lies outside the city"),
    "photo_damaged": QT_TRANSLATE_NOOP("Problem", "The photo is damaged"),
    "photo_empty": QT_TRANSLATE_NOOP("Problem", "The photo is empty"),
    "photo_too_large": QT_TRANSLATE_NOOP("Problem", "The photo is too large"),
    "reason_missing": QT_TRANSLATE_NOOP("Problem", "A reason is needed"),
    "round_ended": QT_TRANSLATE_NOOP("Problem", "The round is over"),
    "service_code": QT_TRANSLATE_NOOP("Problem", "The hub does not know this class"),
    "service_request_id": QT_TRANSLATE_NOOP("Problem", "There is no such report"),
    "sheet_empty": QT_TRANSLATE_NOOP("Problem", "The table is empty"),
    "sheet_no_column": QT_TRANSLATE_NOOP("Problem", "The table lacks a column that is needed"),
    "sheet_too_many_rows": QT_TRANSLATE_NOOP("Problem", "The table has too many rows"),
    "speaker_busy": QT_TRANSLATE_NOOP(
        "Problem", "The loudspeaker is in use; press again in some seconds"
    ),
    "store_down": QT_TRANSLATE_NOOP("Problem", "The hub cannot write: is its disk full?"),
    "target_missing": QT_TRANSLATE_NOOP("Problem", "Nothing is selected"),
    "token": QT_TRANSLATE_NOOP("Problem", "The hub does not know this token"),
    "too_long": QT_TRANSLATE_NOOP("Problem", "The text is too long"),
    "too_many_attempts": QT_TRANSLATE_NOOP("Problem", "Too many attempts; wait a little"),
    "too_old": QT_TRANSLATE_NOOP("Problem", "The moment lies too far back"),
    "unauthenticated": QT_TRANSLATE_NOOP("Problem", "The hub does not know this seat"),
    "unit_busy": QT_TRANSLATE_NOOP("Problem", "The officer already has a task; send another one"),
    "unit_has_terminal": QT_TRANSLATE_NOOP("Problem", "The unit has a terminal already"),
    "unknown_account": QT_TRANSLATE_NOOP("Problem", "There is no such account"),
    "unknown_camera": QT_TRANSLATE_NOOP("Problem", "The camera does not exist"),
    "unknown_case": QT_TRANSLATE_NOOP("Problem", "The case does not exist"),
    "unknown_class": QT_TRANSLATE_NOOP("Problem", "The class does not exist"),
    "unknown_command": QT_TRANSLATE_NOOP(
        "Problem", "The hub does not know this command: is it older than this seat?"
    ),
    "unknown_department": QT_TRANSLATE_NOOP("Problem", "The department does not exist"),
    "unknown_district": QT_TRANSLATE_NOOP("Problem", "The district does not exist"),
    "unknown_entry": QT_TRANSLATE_NOOP("Problem", "It does not exist any more"),
    "unknown_key": QT_TRANSLATE_NOOP("Problem", "There is no such key"),
    "unknown_media": QT_TRANSLATE_NOOP("Problem", "The picture does not exist"),
    "unknown_place": QT_TRANSLATE_NOOP(
        "Problem", "The place was not found; point at it on the map"
    ),
    "unknown_report": QT_TRANSLATE_NOOP("Problem", "The report does not exist in this case"),
    "unknown_role": QT_TRANSLATE_NOOP("Problem", "The role does not exist"),
    "unknown_rule": QT_TRANSLATE_NOOP("Problem", "The filing rule does not exist"),
    "unknown_session": QT_TRANSLATE_NOOP("Problem", "The session is over"),
    "unknown_source": QT_TRANSLATE_NOOP("Problem", "The source does not exist"),
    "unknown_speaker": QT_TRANSLATE_NOOP("Problem", "The loudspeaker does not exist"),
    "unknown_target": QT_TRANSLATE_NOOP("Problem", "It does not exist any more"),
    "unknown_template": QT_TRANSLATE_NOOP("Problem", "The warning does not exist"),
    "unknown_terminal": QT_TRANSLATE_NOOP("Problem", "The terminal is not known"),
    "unknown_unit": QT_TRANSLATE_NOOP("Problem", "The unit does not exist"),
    "unreachable": QT_TRANSLATE_NOOP("Problem", "The hub cannot be reached"),
    "voice_away": QT_TRANSLATE_NOOP(
        "Problem", "The voice engine is being started; press again in a moment"
    ),
    "weak_password": QT_TRANSLATE_NOOP("Problem", "The password is too short"),
    "wrong_password": QT_TRANSLATE_NOOP("Problem", "The password is wrong"),
}
