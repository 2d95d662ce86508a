@echo off
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0program\check.ps1"
pause
