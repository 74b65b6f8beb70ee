"""What has changed since, and for whom?"""
