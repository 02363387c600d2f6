Attribute VB_Name = "Ribbon"
Option Explicit

' Callbacks of the ribbon, one for each button of ribbon.xml. "As Object" needs no reference to the Office library.

Public Sub RibbonCalculate(ByVal control As Object)
    RunCommand "calculate"
End Sub

Public Sub RibbonCheck(ByVal control As Object)
    RunCommand "check"
End Sub

Public Sub RibbonUndo(ByVal control As Object)
    RunCommand "undo"
End Sub

Public Sub RibbonImportReport(ByVal control As Object)
    RunCommand "import_report"
End Sub

Public Sub RibbonExport(ByVal control As Object)
    RunCommand "export"
End Sub

Public Sub RibbonChangeRubric(ByVal control As Object)
    RunCommand "change_rubric"
End Sub

Public Sub RibbonDoctor(ByVal control As Object)
    RunCommand "doctor"
End Sub
