"""From form to facts: holds, repetitions, faults; pure machines, stepped with time handed in."""
