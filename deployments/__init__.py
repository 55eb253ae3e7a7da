"""What runs when: schedules computed from the plan, forms, automations, the hardened server profile."""
