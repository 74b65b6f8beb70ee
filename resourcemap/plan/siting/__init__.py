"""Where should the next places open?"""
