namespace ClosedLoop.Operations.Access;

/// <summary>Who may sign in where nobody can open a link on the machine itself, as in a container.</summary>
/// <param name="Name">Name to sign in with.</param>
/// <param name="PasswordFile">File whose first line is the password.</param>
public sealed record FirstAdmin(string Name, string PasswordFile)
{
    /// <summary>Reads the password, without the line's end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal string Password() => File.ReadLines(PasswordFile).FirstOrDefault() ?? "";
}
