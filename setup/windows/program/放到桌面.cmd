@echo off
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0program\shortcuts.ps1" %*
pause
