"""nianbao: from one filled-in workbook to the official yearly report in Word and PDF."""
