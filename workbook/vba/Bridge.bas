Attribute VB_Name = "Bridge"
Option Explicit

' Carries a click to Python through the xlwings add-in and checks that Python was really there:
' RunPython reports success even when it found no interpreter, so Python must answer with our token.
' xlwings is called by name only: no reference to it, none of its code in here.
' Chinese texts stand here for people: what is stored in a workbook are their codes, as Words takes them.

Private Const RUN_PYTHON As String = "xlwings.xlam!RunPython"

Public Sub RunCommand(ByVal action As String)
    Dim reason As String
    Dim detail As String
    On Error GoTo Failed
    reason = "workbook"
    ThisWorkbook.Activate
    Dim token As String
    token = NewToken()
    HandshakeCell("握手请求").Value = token
    HandshakeCell("握手应答").Value = ""
    reason = "call"
    Application.Run RUN_PYTHON, "import pyaddin.ribbon; pyaddin.ribbon." & action & "()"
    If AnswersLater() Then Exit Sub
    reason = "silent"
    If CStr(HandshakeCell("握手应答").Value) <> token Then GoTo Report
    HandshakeCell("握手请求").Value = ""
    HandshakeCell("握手应答").Value = ""
    Exit Sub
Failed:
    detail = Err.Description
    If reason = "call" Then reason = CallFailure(Err.Number, detail)
Report:
    MsgBox FailureText(reason, detail), vbExclamation, "绩效自评"
End Sub

' What the user reads when a click did not reach Python.
Public Function FailureText(ByVal reason As String, ByVal detail As String) As String
    Select Case reason
    Case "workbook"
        FailureText = "本工作簿不完整：隐藏表“_meta”里找不到名称“握手请求”或“握手应答”。" & vbCrLf & _
            "请用 rubric-sheets new 新建一份，再把数据复制过去。"
    Case "addin"
        FailureText = "没有找到 xlwings 加载项，命令没有执行。" & vbCrLf & _
            "一、请关闭 Excel，在命令行运行 xlwings addin install，再打开本工作簿。" & vbCrLf & _
            "二、仍然不行时，在“文件－选项－信任中心－信任中心设置”里启用宏和加载项。" & vbCrLf & _
            "三、在命令行运行 rubric-sheets doctor，按提示逐条处理。"
    Case "silent"
        FailureText = "Python 没有应答，命令没有完成。" & vbCrLf & _
            "如果刚才已经弹出错误说明，请先按那里的说明处理；否则：" & vbCrLf & _
            "一、在命令行运行 rubric-sheets doctor，按提示逐条处理。" & vbCrLf & _
            "二、在 xlwings 选项卡里核对 Interpreter 是否指向装有 rubric-sheets 的 Python。"
    Case "libreoffice"
        FailureText = "LibreOffice 不能使用 xlwings 加载项，命令没有执行。" & vbCrLf & _
            "请改用菜单“绩效自评”；没有这个菜单时，在命令行运行 rubric-sheets doctor，按提示安装 LibreOffice 扩展。"
    Case "wps"
        FailureText = "WPS 里没有找到 xlwings 加载项，命令没有执行。" & vbCrLf & _
            "请保存并关闭本工作簿，改用命令行工具 rubric-sheets（用法见 rubric-sheets --help），或用 Excel 打开后再试。"
    Case Else
        FailureText = "命令执行中出错，没有完成。" & vbCrLf & _
            "请在命令行运行 rubric-sheets doctor，按提示逐条处理。"
    End Select
    If detail <> "" And reason <> "libreoffice" Then FailureText = FailureText & vbCrLf & "（程序的原话：" & detail & "）"
End Function

' Which program is this, and so what to advise? Excel says 1004 of a macro that it cannot find,
' LibreOffice names the interface that failed, WPS is known by its folder.
Public Function CallFailure(ByVal errorNumber As Variant, ByVal detail As String) As String
    Dim folder As String
    CallFailure = "other"
    If errorNumber = 1004 Then CallFailure = "addin"
    On Error Resume Next
    folder = LCase(Application.Path)
    If InStr(folder, "kingsoft") > 0 Or InStr(folder, "wps") > 0 Then CallFailure = "wps"
    If InStr(detail, "com.sun.star") > 0 Then CallFailure = "libreoffice"
End Function

Private Function HandshakeCell(ByVal cellName As String) As Object
    Set HandshakeCell = ThisWorkbook.Names(cellName).RefersToRange
End Function

' Fresh for every click; the letter keeps it from being read as a number.
Private Function NewToken() As String
    Randomize
    NewToken = "T" & Int(CDbl(Now) * 86400) & "-" & Int(Rnd * 1000000)
End Function

' On a Mac RunPython returns before Python has started: there is nothing to compare yet.
Private Function AnswersLater() As Boolean
    On Error Resume Next
    AnswersLater = InStr(Application.OperatingSystem, "Mac") > 0
End Function

' A text from the codes of its UTF-16 units, four hexadecimal digits each: right on every code page.
Public Function Words(ByVal codes As String) As String
    Dim text As String
    Dim at As Long
    For at = 1 To Len(codes) Step 4
        text = text & ChrW(CLng("&H" & Mid(codes, at, 2)) * 256 + CLng("&H" & Mid(codes, at + 2, 2)))
    Next at
    Words = text
End Function
