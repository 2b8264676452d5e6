using System.Runtime.InteropServices;

namespace ClosedLoop.Mail.Mime;

/// <summary>Ways out of a list, for the fields List-Unsubscribe (RFC 2369 section 3.2) and List-Unsubscribe-Post (RFC 8058).</summary>
/// <param name="Https">Address that takes the one-click POST; https, or http where no TLS is to be had. Null leaves one-click out.</param>
/// <param name="Mailto">Mail address to write to, with or without <c>mailto:</c> and a query such as <c>?subject=leave</c>. Null leaves it out.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UnsubscribeTargets(string? Https, string? Mailto = null);
