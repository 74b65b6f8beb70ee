"""When something takes place: rules, hours, exceptions, and what is not known."""
