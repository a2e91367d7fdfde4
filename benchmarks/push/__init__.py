"""What sending costs, beside a plain loop over ``webpush()``, and how long a ticket's message takes."""
