Attribute VB_Name = "Canary"
Option Explicit

' LibreOffice drops every macro, silently, when one module does not compile:
' a test that gets the sum from here knows that all of them did. Arguments from outside arrive
' there only as Variant.
Public Function CanarySum(ByVal a As Variant, ByVal b As Variant) As Variant
    CanarySum = a + b
End Function
