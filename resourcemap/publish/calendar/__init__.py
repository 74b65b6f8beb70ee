"""When does it take place? A calendar to subscribe to, and a month on paper."""
