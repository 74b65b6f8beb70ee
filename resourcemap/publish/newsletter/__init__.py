"""What goes on in the area this month? CSW通信: its dates, its map with the list, and the news, on a sheet of paper."""
