"""Results of surveys: what is counted of the answers, what of it is shown, and who approves it."""
