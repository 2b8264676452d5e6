namespace ClosedLoop.Operations.Pages;

/// <summary>The page to sign in.</summary>
/// <param name="Token">The one-time token of a link; <c>null</c> without one.</param>
/// <param name="Next">Where to go then.</param>
/// <param name="Fault">Why the try before failed.</param>
/// <param name="HasUsers">Whether anybody has a password.</param>
/// <param name="HasOpenId">Whether one can sign in elsewhere.</param>
/// <param name="Left">Signed out here of an account that is still signed in elsewhere.</param>
/// <param name="Where">From where a link of the service works.</param>
public sealed record SignInModel(string? Token, string Next, string? Fault, bool HasUsers, bool HasOpenId, bool Left, string Where);
