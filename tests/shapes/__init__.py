"""Tests of the shapes stage."""
