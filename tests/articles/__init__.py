"""Tests of stage 1: inputs in, articles out."""
