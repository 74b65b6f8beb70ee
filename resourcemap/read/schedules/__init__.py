"""Schedules as people write them: 第2・第4火曜日10:00-12:00（8月休み）."""
