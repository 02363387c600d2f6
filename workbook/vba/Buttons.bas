Attribute VB_Name = "Buttons"
Option Explicit

' The same commands for buttons on a sheet and for the macro list: programs without a ribbon need them.

Public Sub 计算得分()
    RunCommand "calculate"
End Sub

Public Sub 检查填报()
    RunCommand "check"
End Sub

Public Sub 还原上次计算()
    RunCommand "undo"
End Sub

Public Sub ImportReport()
    RunCommand "import_report"
End Sub

Public Sub 导出报送表()
    RunCommand "export"
End Sub

Public Sub 换指标体系()
    RunCommand "change_rubric"
End Sub

Public Sub 自检()
    RunCommand "doctor"
End Sub
