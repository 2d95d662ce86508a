# 看这台电脑上年报能不能用，缺什么：只看，不改动任何东西。双击 检查.cmd 即运行它。
# 这份脚本还没有在 Windows 上试过；它自己出错时，请把显示的内容一并发来。
$ErrorActionPreference = 'Continue'
$root = Split-Path -Parent $PSScriptRoot
$wanted = (Get-Content -LiteralPath (Join-Path $PSScriptRoot 'python.txt') -TotalCount 1).Trim()
$wrong = 0

function Say([bool]$good, [string]$what, [string]$mend) {
    if ($good) { Write-Host ('  好    ' + $what) }
    else { Write-Host ('  不行  ' + $what + '。' + $mend); $script:wrong += 1 }
}

Write-Host '年报：这台电脑'
$system = Get-CimInstance -ClassName Win32_OperatingSystem
Write-Host ('        ' + $system.Caption + ' ' + $system.Version + '，' + $system.OSArchitecture)
Write-Host ('        PowerShell ' + $PSVersionTable.PSVersion.ToString())
Say ([Version]$system.Version -ge [Version]'10.0') 'Windows 10 或更新' '更早的系统没有试过，也不支持'
Say ($env:PROCESSOR_ARCHITECTURE -eq 'AMD64' -or $env:PROCESSOR_ARCHITEW6432 -eq 'AMD64') '64 位处理器（x86-64）' '这个文件夹只适用于 x86-64'

Write-Host '文件夹'
Write-Host ('        ' + $root)
$deepest = (Get-ChildItem -LiteralPath $root -Recurse -File | ForEach-Object { $_.FullName.Length } | Measure-Object -Maximum).Maximum
$long = (Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Control\FileSystem' -Name LongPathsEnabled -ErrorAction SilentlyContinue).LongPathsEnabled
Say (($deepest -lt 260) -or ($long -eq 1)) ('最长的路径 ' + $deepest + ' 个字符') '请把文件夹移到短一些的地方，例如 D:\年报'
$free = [Math]::Round((Get-PSDrive -Name $root.Substring(0, 1)).Free / 1073741824, 1)
Say ($free -gt 1) ('磁盘还空 ' + $free + ' GB') '请清理磁盘'
foreach ($part in @('program\start.py', 'site\nianbao', 'pango\pango-1.0-0.dll', 'python\fonts')) {
    Say (Test-Path -LiteralPath (Join-Path $root $part)) $part '文件夹不完整，请重新解压'
}

Write-Host ('Python ' + $wanted)
$python = Join-Path $root 'python\python.exe'
if (-not (Test-Path -LiteralPath $python)) {
    Say $false 'python\python.exe' ('请把 python-' + $wanted + '.x-embed-amd64.zip 解压到 python 文件夹')
}
else {
    $version = & $python -c 'import sys; print(sys.version)' 2>&1
    Say ("$version".StartsWith($wanted + '.')) "$version" ('这里要 Python ' + $wanted)
    Write-Host '自检（要一两分钟）'
    & $python (Join-Path $PSScriptRoot 'start.py') self-test
    Say ($LASTEXITCODE -eq 0) 'nianbao self-test' '请看上面的说明'
}

Write-Host '字体（没有的用自带的代替）'
Add-Type -AssemblyName System.Drawing
$there = (New-Object System.Drawing.Text.InstalledFontCollection).Families | ForEach-Object { $_.Name }
foreach ($family in @('方正小标宋简体', '仿宋', '仿宋_GB2312', '楷体', '楷体_GB2312', '黑体', '宋体')) {
    if ($there -contains $family) { Write-Host ('  有    ' + $family) } else { Write-Host ('  没有  ' + $family) }
}

Write-Host '用 Word、WPS 转 PDF（--engine office，可以没有）'
foreach ($program in @('Word.Application', 'KWPS.Application')) {
    $registered = Test-Path -Path ('Registry::HKEY_CLASSES_ROOT\' + $program)
    if ($registered) { Write-Host ('  有    ' + $program) } else { Write-Host ('  没有  ' + $program) }
}

if ($wrong -eq 0) { Write-Host '没有发现问题。' } else { Write-Host ('有 ' + $wrong + ' 处要看。') }
exit ([int]($wrong -gt 0))
