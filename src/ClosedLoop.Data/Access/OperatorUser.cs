namespace ClosedLoop.Data.Access;

/// <summary>A person who may sign in. Times in microseconds.</summary>
/// <param name="Name">In lower case; unique.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Password">Hash with its parameters; <c>null</c> for somebody who signs in elsewhere.</param>
/// <param name="Stamp">Changes when running sessions must end.</param>
/// <param name="Disabled">May not sign in.</param>
/// <param name="Failures">Wrong passwords in a row.</param>
/// <param name="LockedUntil">Until when no password is looked at.</param>
/// <param name="CreatedAt">When the user was added.</param>
/// <param name="SignedInAt">The newest sign-in.</param>
public sealed record OperatorUser(
    string Name, OperatorRole Role, string? Password, string Stamp, bool Disabled, int Failures, long? LockedUntil, long CreatedAt, long? SignedInAt);
