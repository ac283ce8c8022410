"""What if one input were another, or one statement had cost nothing: answered by scoring again, exactly."""
