"""The parts of a report, a file each or a few that belong together: functions from the evidence to markup."""
