"""Who can get to it? People on points, resources that count, and the metres between them."""
