namespace ClosedLoop.Operations.Pages;

/// <summary>The page to sign in.</summary>
/// <param name="Token">The one-time token of a link; <c>null</c> without one.</param>
/// <param name="Next">Where to go then.</param>
/// <param name="Fault">Why the try before failed.</param>
/// <param name="HasUsers">Whether anybody has a password.</param>
/// <param name="HasOpenId">Whether one can sign in elsewhere.</param>
public sealed record SignInModel(string? Token, string Next, string? Fault, bool HasUsers, bool HasOpenId);
