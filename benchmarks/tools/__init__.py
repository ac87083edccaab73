"""What the benchmarks share: truth and scoring, tables and pages, actors and faulty devices."""
