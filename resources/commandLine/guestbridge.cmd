@echo off
rem The command line of a packaged Guestbridge, with the Node that comes with it.
"%~dp0node.exe" "%~dp0out\main\cli.js" %*
