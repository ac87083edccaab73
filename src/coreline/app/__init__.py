"""The program with its window: today's page, the session, and what is chosen and read around it."""
