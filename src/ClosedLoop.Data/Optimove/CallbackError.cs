namespace ClosedLoop.Data.Optimove;

/// <summary>One complaint of a call back.</summary>
/// <param name="Customer">Whose attribute.</param>
/// <param name="Field">Which.</param>
/// <param name="Error">Such as <c>INVALID_FIELD</c>.</param>
/// <param name="IsLocked">Optimove has to open the field first.</param>
public sealed record CallbackError(string Customer, string Field, string Error, bool IsLocked);
