using ClosedLoop.Operations.Access;

namespace ClosedLoop.Silo.Configuration;

/// <summary>The first administrator, for where nobody can open the first link on the machine itself.</summary>
public sealed record FirstAdminSettings
{
    /// <summary>Name to sign in with.</summary>
    public string Name { get; init; } = "admin";

    /// <summary>File whose first line is the password, such as a secret of the container; without one nobody is made. It is read while there are no users, and never after.</summary>
    public string? PasswordFile { get; init; }

    internal FirstAdmin? ToOptions() => PasswordFile is null ? null : new FirstAdmin(Name, PasswordFile);
}
