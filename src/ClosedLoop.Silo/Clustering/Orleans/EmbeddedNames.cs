extern alias embedded;

global using DatabaseInUseException = embedded::ClosedLoop.Grains.Embedded.DatabaseInUseException;
global using LockFileOwner = embedded::ClosedLoop.Grains.Embedded.LockFileOwner;
