"""Where do the people live who are left out?"""
