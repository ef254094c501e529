"""The names by which Slack tells us what was pressed or sent: action and callback ids, each once."""

REPORT_OPEN = "report_open"  # a button anywhere: open the form; its value may name a team
REPORT_CORRECT = "report_correct"  # on a report card
REPORT_MONTH = "report_month"  # in the form: another month
REPORT_HOW = "report_how"  # in the form: counted, estimated, cannot report
REPORT_BACK = "report_back"
REPORT_SAVE = "report_save"
REPORT_FORM = "report_form"  # the form's callback
REPORT_TEAM = "report_team"  # the callback of "which team?"
MOMENTUM_HELP = "momentum_help"
