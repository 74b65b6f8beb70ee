"""What does each area have more and less of?"""
