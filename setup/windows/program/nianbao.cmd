@echo off
rem Starts the program: without words, or with a workbook, its window in the browser; with words, that command.
setlocal
if not exist "%~dp0python\pythonw.exe" goto missing
if "%~1"=="" goto window
if /i "%~x1"==".xlsx" if "%~2"=="" goto workbook
"%~dp0python\python.exe" "%~dp0program\start.py" %*
exit /b %errorlevel%
:window
start "" "%~dp0python\pythonw.exe" "%~dp0program\start.py"
exit /b 0
:workbook
start "" "%~dp0python\pythonw.exe" "%~dp0program\start.py" serve "%~f1"
exit /b 0
:missing
rem No Python is laid beside it yet: the only text in this folder tells where it goes.
for %%f in ("%~dp0*.txt") do start "" "%%f"
exit /b 3
