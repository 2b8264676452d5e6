namespace ClosedLoop.Silo.Privacy;

/// <summary>A file that names a person.</summary>
/// <param name="Client">Key of the client whose folder it lies in.</param>
/// <param name="Folder">Folder of the client.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Done">What was done: <c>erased</c>, or <c>kept</c>.</param>
/// <param name="Why">Why it was kept and until when; how many records went.</param>
internal sealed record PersonFile(string Client, string Folder, string Name, string Done, string Why);
