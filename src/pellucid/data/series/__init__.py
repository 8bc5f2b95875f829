"""Series: values at equal steps of time, as windows of the past and what comes after."""
