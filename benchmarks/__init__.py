"""Benchmarks against what users would otherwise pick: ``python -m benchmarks [case ...]``."""
