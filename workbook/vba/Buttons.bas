Attribute VB_Name = "Buttons"
Option Explicit

' The same commands for buttons on a sheet and for the macro list: programs without a ribbon need them.
' Names are ASCII: others do not compile where the system's code page is not 936. Captions are Chinese.

Public Sub SelfCalculate()
    RunCommand "calculate"
End Sub

Public Sub SelfCheck()
    RunCommand "check"
End Sub

Public Sub SelfUndo()
    RunCommand "undo"
End Sub

Public Sub SelfImport()
    RunCommand "import_report"
End Sub

Public Sub SelfExport()
    RunCommand "export"
End Sub

Public Sub SelfChangeRubric()
    RunCommand "change_rubric"
End Sub

Public Sub SelfDoctor()
    RunCommand "doctor"
End Sub
