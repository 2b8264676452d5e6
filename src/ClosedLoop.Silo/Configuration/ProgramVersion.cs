using System.Reflection;

namespace ClosedLoop.Silo.Configuration;

/// <summary>The version of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>As it was built, without what it was built from.</summary>
    public static string Text { get; } = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
