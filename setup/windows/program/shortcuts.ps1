# 把“年报”放到自己的桌面，把“用年报打开”放进工作簿（.xlsx）的右键菜单和“发送到”。不需要管理员；
# 文件夹换了地方，再运行一次。移出：放到桌面.cmd 移出
# 还没有在 Windows 上试过；不行的话，请直接双击 nianbao.cmd。
param([string]$Wish = '加入')
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent $PSScriptRoot
$python = Join-Path $root 'python\pythonw.exe'
$start = Join-Path $PSScriptRoot 'start.py'
$icon = Join-Path $PSScriptRoot 'nianbao.ico'
$desktop = Join-Path ([Environment]::GetFolderPath('Desktop')) '年报.lnk'
$send = Join-Path ([Environment]::GetFolderPath('SendTo')) '用年报打开.lnk'
$menu = 'HKCU:\Software\Classes\SystemFileAssociations\.xlsx\shell\nianbao'

if ($Wish -eq '移出') {
    foreach ($path in @($desktop, $send, $menu)) {
        if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Recurse }
    }
    Write-Host '已移出。填写的内容还在。'
    exit 0
}
if (-not (Test-Path -LiteralPath $python)) {
    Write-Host "没有找到 $python。请先照 先读我.txt 放好 Python。"
    exit 3
}

$shell = New-Object -ComObject WScript.Shell
foreach ($pair in @(@($desktop, ''), @($send, ' serve'))) {
    $link = $shell.CreateShortcut($pair[0])
    $link.TargetPath = $python
    $link.Arguments = '"' + $start + '"' + $pair[1]
    $link.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments')
    $link.IconLocation = $icon
    $link.Save()
}
New-Item -Path "$menu\command" -Force | Out-Null
Set-ItemProperty -LiteralPath $menu -Name '(default)' -Value '用年报打开'
Set-ItemProperty -LiteralPath $menu -Name 'Icon' -Value $icon
Set-ItemProperty -LiteralPath "$menu\command" -Name '(default)' -Value ('"' + $python + '" "' + $start + '" serve "%1"')
Write-Host '已放到桌面；工作簿的右键菜单和“发送到”里有“用年报打开”。'
