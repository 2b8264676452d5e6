using ClosedLoop.Optimove.Double;

// A stand-in for Optimove's API, for trials: ClosedLoop.Optimove.Double [ADDRESS]. Keys "admin-key-0001" and "integrations-key" are there from the start.
var address = args.Length > 0 ? args[0] : "http://127.0.0.1:8190";
await using var optimove = await OptimoveDouble.StartAsync(address);
optimove.State.Keys["admin-key-0001"] = KeyRole.Admin;
optimove.State.Keys["integrations-key"] = KeyRole.Integrations;
Console.WriteLine($"the double of Optimove listens on {optimove.Address}");
await optimove.EndAsync();
