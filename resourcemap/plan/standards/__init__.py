"""What does the plan promise, and is it kept?"""
